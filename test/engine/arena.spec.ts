import { describe, expect, it } from 'vitest';
import { Arena, EngineError, rng } from '../../src/engine/index.js';

describe('the arena', () => {
  it('counts bytes by class, live and at the peak', () => {
    const arena = new Arena();
    const tape = arena.alloc('tape', 10);
    arena.alloc('state', 3);
    expect(arena.live).toMatchObject({ tape: 80, state: 24, workspace: 0 });
    arena.free(tape);
    expect(arena.live.tape).toBe(0);
    expect(arena.peak.tape).toBe(80);
    expect([arena.liveBytes, arena.peakBytes]).toEqual([24, 104]);
  });

  it('refuses to free twice, or what is not its own', () => {
    const arena = new Arena();
    const array = arena.alloc('tape', 1);
    arena.free(array);
    expect(() => arena.free(array)).toThrow(EngineError);
    expect(() => arena.free(new Float64Array(1))).toThrow(EngineError);
  });

  it('frees a scope when it ends, also by a throw, and inner scopes before outer ones', () => {
    const arena = new Arena();
    arena.alloc('parameters', 1);
    expect(() =>
      arena.scope(() => {
        arena.alloc('tape', 5);
        arena.scope(() => arena.alloc('workspace', 7));
        expect(arena.live).toMatchObject({ tape: 40, workspace: 0 });
        throw new Error('on the way');
      }),
    ).toThrow('on the way');
    expect(arena.liveBytes).toBe(8);
  });

  it('says how many bytes it could not give', () => {
    expect(() => new Arena().alloc('tape', 2 ** 50)).toThrow(/9007199254740992 bytes of tape/);
  });
});

describe('the rng', () => {
  it('gives the same numbers for the same seed, others for another, all in [0, 1)', () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, rng(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(2 ** 32 + 7)).not.toEqual(draw(7));
    expect(draw(7).every((u) => u >= 0 && u < 1)).toBe(true);
    expect(draw(7).reduce((a, b) => a + b) / 1000).toBeCloseTo(0.5, 1);
  });
});
