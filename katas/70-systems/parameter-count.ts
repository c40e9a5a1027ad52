import { NotImplemented } from 'bptt/kata';

/**
 * How many parameters one recurrent layer has. D is the input size, H the hidden size.
 *
 * Count with one bias vector per block, and no output layer:
 *   rnn, lstm, gru     as in this dojo
 *   lstmTwoBiases      an LSTM as PyTorch and cuDNN have it, with two bias vectors per block, b_ih and b_hh
 */
export interface ParameterCountInput {
  D: number;
  H: number;
}

export interface ParameterCountOutput {
  rnn: number;
  lstm: number;
  gru: number;
  lstmTwoBiases: number;
}

export function parameterCount(input: ParameterCountInput): ParameterCountOutput {
  // TODO: what does one block have, and how many blocks are there?
  throw new NotImplemented('parameterCount');
}
