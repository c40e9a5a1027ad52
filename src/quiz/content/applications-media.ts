/** Cards about what these networks are used for: music, video, captions, small devices. */
import { card, type Card } from '../card.js';

const temperature = { high: 2, low: 0, at: 0.5 };
const clip = { fps: 25, seconds: 8, stride: 5 };

export const mediaCards: readonly Card[] = [
  card.number('applications.music.temperature', {
    topic: 'applications',
    level: 2,
    katas: ['stable-softmax'],
    ask: `A music model gives two notes the logits ${temperature.high} and ${temperature.low}. Sampled with temperature ${temperature.at}, how many times likelier is the first note?`,
    unit: 'times',
    answer: () => Math.exp((temperature.high - temperature.low) / temperature.at),
    wrong: [
      {
        is: () => Math.exp(temperature.high - temperature.low),
        because: 'That is temperature 1.',
      },
      {
        is: () => Math.exp((temperature.high - temperature.low) * temperature.at),
        because: 'Logits are divided by the temperature: below 1 it sharpens.',
      },
      {
        is: () => (temperature.high - temperature.low) / temperature.at,
        because: 'The ratio is the exponential of the difference.',
      },
    ],
    explain: 'p₁/p₂ = e^((s₁ - s₂)/temperature).',
  }),
  card.choice('applications.music.loops', {
    topic: 'applications',
    level: 1,
    ask: 'A melody model that always takes the likeliest note ends in a loop. What helps first?',
    answer: 'to sample from its distribution',
    wrong: [
      {
        is: 'to train it with a smaller learning rate, so that it does not overfit to its loops',
        because: 'The distribution may be fine: the rule of always taking the peak makes the loop.',
      },
      {
        is: 'to clip its gradients',
        because: 'No gradient is computed while it plays.',
      },
      {
        is: 'to lower the temperature',
        because: 'That comes closer to the likeliest note, not further from it.',
      },
    ],
    explain:
      'The same state and the same choice lead to the same state: sampling breaks the circle.',
  }),
  card.number('applications.video.steps', {
    topic: 'applications',
    level: 1,
    ask: `A clip of ${clip.seconds} s at ${clip.fps} frames per second is fed to an LSTM, every ${clip.stride}th frame. How many steps does it take?`,
    unit: 'steps',
    answer: () => (clip.fps * clip.seconds) / clip.stride,
    wrong: [
      { is: () => clip.fps * clip.seconds, because: 'That is all frames.' },
      { is: () => clip.fps / clip.stride, because: 'That is one second.' },
      {
        is: () => clip.fps * clip.seconds * clip.stride,
        because: 'Leaving frames out makes it shorter.',
      },
    ],
    explain: 'Neighbouring frames say nearly the same; a stride shortens every path for free.',
  }),
  card.shape('applications.video.shape', {
    topic: 'applications',
    level: 1,
    ask: 'A CNN turns each frame into D features, for B clips of T frames. What is the shape of what the LSTM after it reads, time-major?',
    answer: ['T', 'B', 'D'],
    wrong: [
      { is: ['B', 'T', 'D'], because: 'That is batch-major.' },
      { is: ['T*B', 'D'], because: 'So the CNN sees it; the LSTM needs the time axis by itself.' },
    ],
    explain: 'The CNN takes all T·B frames as one batch; then time and batch are parted again.',
  }),
  card.choice('applications.caption', {
    topic: 'applications',
    level: 1,
    ask: 'How does a picture usually get into an LSTM that writes its caption?',
    answer: 'as its first state or input, or by attention over regions',
    wrong: [
      {
        is: 'pixel by pixel, as a sequence that is read before the first word of the caption is written',
        because: 'That would be tens of thousands of steps; a CNN comes first.',
      },
      {
        is: 'as the target of its loss',
        because: 'The target is the caption.',
      },
      {
        is: 'through the forget gates, which are set to the picture',
        because: 'Gates are computed from h₋ and x at every step.',
      },
    ],
    explain: 'One-to-many. With attention each word can look at its own part of the picture.',
  }),
  card.free('applications.choose', {
    topic: 'applications',
    level: 2,
    ask: 'A hearing aid shall suppress noise, frame by frame, on a small chip. In a few sentences: which model, and why?',
    rubric: [
      { point: 'a small recurrent network', words: ['gru', 'lstm', 'recurrent'] },
      {
        point: 'unidirectional, causal',
        words: ['unidirectional', 'causal', 'no future', 'one direction'],
      },
      {
        point: 'latency of a few milliseconds',
        words: ['latency', 'delay', 'millisecond', 'real time'],
      },
      { point: 'fixed memory and work per frame', words: ['fixed', 'constant', 'memory'] },
      { point: '8 bits, small H', words: ['8 bit', 'int8', 'quanti', 'small'] },
    ],
    enough: 3,
    model:
      'A small unidirectional GRU or LSTM on spectral frames: it is causal, its latency is one frame, and its memory and work per frame are constant however long the aid is worn. Weights in 8 bits, the state in 16. A transformer’s cache would grow, or be cut to a window, and a bidirectional net needs the future.',
    explain: 'Constraints first: latency, memory, power. They choose the model.',
  }),
];
