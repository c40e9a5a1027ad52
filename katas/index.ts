/** Every kata, in the order in which one would take them. */
import gruStep from './40-gru/gru-step.kata.js';
import lstmStep from './30-lstm/lstm-step.kata.js';
import rnnBptt from './10-rnn/rnn-bptt.kata.js';
import rnnStep from './10-rnn/rnn-step.kata.js';

export const katas = [rnnStep, rnnBptt, lstmStep, gruStep];
