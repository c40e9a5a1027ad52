/** Cards about what these networks are used for: speech, translation, time series. Music and video: applications-media.ts. */
import { card, type Card } from '../card.js';

export const applicationCards: readonly Card[] = [
  card.choice('applications.speech.live', {
    topic: 'applications',
    level: 1,
    katas: ['bidirectional-rnn'],
    ask: 'Live captions must appear while somebody is speaking. Which encoder fits?',
    answer: 'a unidirectional LSTM, perhaps with a few frames of lookahead',
    wrong: [
      {
        is: 'a bidirectional LSTM over the whole talk',
        because: 'Its backward half starts at the end of the talk.',
      },
      {
        is: 'full self-attention over the whole talk',
        because: 'It reads the future as well, which is not there yet.',
      },
      {
        is: 'a network on single frames without any state',
        because: 'A frame of 25 ms is less than a sound; context is what makes words of it.',
      },
    ],
    explain: 'Chunks with a small lookahead buy some of the future for some latency.',
  }),
  card.choice('applications.speech.ctc', {
    topic: 'applications',
    level: 2,
    ask: 'What does CTC spare you in speech recognition?',
    answer: 'labels for every frame: it sums over all alignments',
    wrong: [
      {
        is: 'the recurrent network, since it models the dependence between the output characters',
        because:
          'It takes outputs as independent given the input; a network still reads the sound.',
      },
      {
        is: 'the need for transcripts of the recordings',
        because: 'Transcripts are needed; what is not needed is when each letter was said.',
      },
      {
        is: 'padding, because all sequences become equally long',
        because: 'Lengths stay as they are; batches are padded and masked as ever.',
      },
    ],
    explain:
      'A blank symbol and merged repeats make every alignment a path; a sum over paths is the loss.',
  }),
  card.choice('applications.speech.ctc.collapse', {
    topic: 'applications',
    level: 2,
    ask: 'CTC emits h h e _ l l _ l o o, where _ is the blank. What is read?',
    answer: 'hello',
    wrong: [
      { is: 'helo', because: 'The blank between the two l keeps them apart.' },
      { is: 'hhelllloo', because: 'Repeats without a blank between them are merged.' },
      { is: 'he l lo', because: 'A blank is no space: it is removed.' },
    ],
    explain: 'First merge repeats, then remove blanks.',
  }),
  card.choice('applications.translation.attention', {
    topic: 'applications',
    level: 1,
    katas: ['encoder-decoder-step'],
    ask: 'Which sentences gained the most when attention came to LSTM translation?',
    answer: 'long ones',
    wrong: [
      {
        is: 'short ones, because there is less to attend to and so the weights are sharper',
        because: 'A single vector was enough for short sentences.',
      },
      {
        is: 'those with the same word order in both languages',
        because: 'There, too; but it was length that a single vector could not cope with.',
      },
      {
        is: 'those with rare words',
        because: 'Rare words were helped by word pieces and copying.',
      },
    ],
    explain: 'Quality no longer fell with length, as no single vector had to hold the sentence.',
  }),
  card.order('applications.translation.order', {
    topic: 'applications',
    level: 1,
    katas: ['encoder-decoder-step'],
    ask: 'Put translation with an encoder and a decoder in order.',
    items: [
      'split the source into word pieces',
      'encode them, in both directions',
      'start the decoder with the start symbol',
      'attend, update, choose the next piece, feed it back',
      'stop at the end symbol',
    ],
    explain: 'The source may be read in both directions, since it is complete; the target may not.',
  }),
  card.trap('applications.series.shuffle', {
    topic: 'applications',
    level: 1,
    ask: 'Somebody evaluates a forecaster as follows. What is wrong?',
    claim: 'I cut the series into overlapping windows, shuffle them, and keep 20 % for the test.',
    right: 'Test windows overlap training ones, and the training set knows the future.',
    wrong: [
      {
        is: 'Windows must not be shuffled even within the training set, since the LSTM carries its state.',
        because: 'Windows with a fresh state each may be shuffled within the training set.',
      },
      {
        is: 'Twenty percent is too little for a time series.',
        because: 'The share is not the trouble; where it is cut is.',
      },
      {
        is: 'Nothing: every window is used either for training or for the test, never for both.',
        because: 'The windows differ, but most of their values are the same.',
      },
    ],
    explain: 'Split by time, with a gap as long as a window, and test on what comes after.',
    hint: 'How many values does a test window share with its neighbour?',
  }),
  card.trap('applications.series.scaling', {
    topic: 'applications',
    level: 2,
    ask: 'Somebody prepares a series as follows. What is wrong?',
    claim:
      'First I subtract the mean of the whole series and divide by its deviation, then I split.',
    right: 'The statistics contain the test period: take them from the training part only.',
    wrong: [
      {
        is: 'An LSTM needs no scaling: its gates are between 0 and 1.',
        because: 'Large inputs saturate the gates, so scaling does matter.',
      },
      {
        is: 'It must be scaled to 0 … 1, or tanh cannot reach it.',
        because: 'The output layer is linear; either scaling will do.',
      },
      {
        is: 'Nothing: a mean and a deviation are only two numbers.',
        because: 'Two numbers that know, for instance, that prices will double.',
      },
    ],
    explain: 'Anything that is fitted, scaling included, is fitted on the past.',
  }),
  card.choice('applications.series.baseline', {
    topic: 'applications',
    level: 1,
    ask: 'An LSTM predicts tomorrow’s price with a correlation of 0.99 to the true one. What do you check first?',
    answer: 'whether it beats repeating today’s price',
    wrong: [
      {
        is: 'whether a transformer of the same size reaches an even higher correlation on it',
        because: 'If the last value does as well, neither has learned anything.',
      },
      {
        is: 'whether the gradient has vanished',
        because: 'It may well have learned to copy its last input, gradient or not.',
      },
      {
        is: 'whether more layers give 0.999',
        because: 'The number says little: consecutive prices correlate by themselves.',
      },
    ],
    explain: 'Plotted, such a forecast is the series shifted by one step.',
  }),
  card.choice('applications.series.horizon', {
    topic: 'applications',
    level: 2,
    ask: 'Twenty steps ahead are forecast by feeding each prediction back in. What is the known weakness?',
    answer: 'Errors are fed back too and build up.',
    wrong: [
      {
        is: 'The gradient vanishes, as the predictions are made without any training signal.',
        because: 'That is about training; the weakness is there with fixed weights.',
      },
      {
        is: 'It needs a model for each of the twenty steps.',
        because: 'That is direct forecasting, the alternative.',
      },
      {
        is: 'The state must be reset before each of the steps.',
        because: 'The state is carried on: it is the same stream.',
      },
    ],
    explain:
      'It is exposure bias again. Predicting all steps at once avoids it and fixes the horizon.',
  }),
  card.choice('applications.series.irregular', {
    topic: 'applications',
    level: 3,
    ask: 'A patient’s values come at irregular times. How do you tell a plain LSTM?',
    answer: 'Give it the time since the last value as an input.',
    wrong: [
      {
        is: 'Not at all: the forget gate finds out by itself how much time has passed between steps.',
        because: 'It sees h₋ and x; time is in neither unless it is put there.',
      },
      {
        is: 'Repeat each value until the next one.',
        because: 'It works, at the price of very long sequences and vanished gradients.',
      },
      {
        is: 'Sort the values by size instead of by time.',
        because: 'The order in time is the information.',
      },
    ],
    explain: 'With masks for missing values. Variants let the cell decay with the elapsed time.',
  }),
];
