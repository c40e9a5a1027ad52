import { zeros } from 'bptt/kata';
import type { Matrix, Vector } from 'bptt/kata';

export interface KvCacheStepInput {
  q: Vector;
  k: Vector;
  v: Vector;
  keys: Matrix;
  values: Matrix;
  length: number;
}

export interface KvCacheStepOutput {
  o: Vector;
  keys: Matrix;
  values: Matrix;
}

export function kvCacheStep({ q, k, v, ...cache }: KvCacheStepInput): KvCacheStepOutput {
  const { length } = cache;
  const keys = cache.keys.map((row) => row.slice());
  const values = cache.values.map((row) => row.slice());
  keys[length].set(k); // K_t = [K_{t-1}; k]
  values[length].set(v); // V_t = [V_{t-1}; v]

  const root = Math.sqrt(q.length);
  const seen = keys.slice(0, length + 1); // everything so far, this step included: no mask needed
  const p = softmax(Float64Array.from(seen, (key) => dot(key, q) / root)); // p = softmax(K_t q / √d_k)
  const o = zeros(v.length);
  for (let j = 0; j <= length; j++) for (let c = 0; c < o.length; c++) o[c] += p[j] * values[j][c]; // o = V_tᵀ p
  return { o, keys, values };
}

function softmax(s: Vector): Vector {
  const m = Math.max(...s);
  const e = s.map((u) => Math.exp(u - m));
  const sum = e.reduce((total, u) => total + u, 0);
  return e.map((u) => u / sum);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
