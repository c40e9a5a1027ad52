/**
 * Losses, clipping and optimisers. O outputs; θ stands for all parameters in one vector (P), dθ for
 * their gradients, N counts the steps from 1.
 */
import { equation } from './equation.js';

export const trainingEquations = [
  equation('training.cross-entropy', {
    says: 'minus the log-probability of the right class; target is 1 there and 0 elsewhere',
    symbols: { L: [], target: ['O'], y: ['O'] },
    is: "L = -(target' * log(softmax(y)))",
  }),
  equation('training.backward.cross-entropy', {
    says: 'probabilities minus target: bounded, and zero only when the model is sure and right',
    symbols: { dy: ['O'], y: ['O'], target: ['O'] },
    is: 'dy = softmax(y) - target',
  }),
  equation('training.mean-squared-error', {
    says: 'the mean of the squared errors',
    symbols: { L: [], y: ['O'], target: ['O'], O: [] },
    is: "L = (y - target)' * (y - target) / O",
  }),
  equation('training.backward.mean-squared-error', {
    says: 'twice the error, shared by O outputs',
    symbols: { dy: ['O'], y: ['O'], target: ['O'], O: [] },
    is: 'dy = 2 * (y - target) / O',
  }),
  equation('training.norm', {
    says: 'one norm over the gradients of all parameters',
    symbols: { norm: [], dtheta: ['P'] },
    is: "norm = sqrt(dtheta' * dtheta)",
  }),
  equation('training.clip', {
    says: 'where the norm is above the limit: shorter, in the same direction; below it nothing changes',
    symbols: { dthetaClipped: ['P'], dtheta: ['P'], maxNorm: [], norm: [] },
    is: 'dthetaClipped = dtheta * maxNorm / norm',
  }),
  equation('training.momentum', {
    says: 'gradients of earlier steps, fading',
    symbols: { m: ['P'], momentum: [], mPrev: ['P'], dtheta: ['P'] },
    is: 'm = momentum * mPrev + dtheta',
  }),
  equation('training.sgd', {
    says: 'a step against the gradient, or against its momentum',
    symbols: { thetaNext: ['P'], theta: ['P'], rate: [], m: ['P'] },
    is: 'thetaNext = theta - rate * m',
  }),
  equation('training.adam-first-moment', {
    says: 'a running mean of the gradient',
    symbols: { m: ['P'], beta1: [], mPrev: ['P'], dtheta: ['P'] },
    is: 'm = beta1 * mPrev + (1 - beta1) * dtheta',
  }),
  equation('training.adam-second-moment', {
    says: 'a running mean of its square',
    symbols: { v: ['P'], beta2: [], vPrev: ['P'], dtheta: ['P'] },
    is: 'v = beta2 * vPrev + (1 - beta2) * dtheta.^2',
  }),
  equation('training.adam-first-corrected', {
    says: 'the mean began at 0: divided by what it still lacks of a full weight',
    symbols: { mHat: ['P'], m: ['P'], beta1: [], N: [] },
    is: 'mHat = m / (1 - beta1^N)',
  }),
  equation('training.adam-second-corrected', {
    says: 'likewise for the mean of the squares',
    symbols: { vHat: ['P'], v: ['P'], beta2: [], N: [] },
    is: 'vHat = v / (1 - beta2^N)',
  }),
  equation('training.adam', {
    says: 'each parameter by its own gradient over its usual size: near the rate, whatever the size of the gradient',
    symbols: { thetaNext: ['P'], theta: ['P'], rate: [], mHat: ['P'], vHat: ['P'], epsilon: [] },
    is: 'thetaNext = theta - rate * mHat ./ (sqrt(vHat) + epsilon)',
  }),
] as const;
