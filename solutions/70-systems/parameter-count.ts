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

export function parameterCount({ D, H }: ParameterCountInput): ParameterCountOutput {
  const weights = H * (H + D); // one W (H, H+D): every unit sees the state and the input
  const biases = H; // one b (H)
  return {
    rnn: weights + biases, // one block: a
    lstm: 4 * (weights + biases), // four: f, i, c̃, o
    gru: 3 * (weights + biases), // three: z, r, h̃
    lstmTwoBiases: 4 * (weights + 2 * biases), // b_ih and b_hh, which only ever appear as their sum
  };
}
