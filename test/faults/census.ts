/** Who is alive, read from /proc. Where there is none (not Linux) nobody is seen. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** Every living process; one that only waits to be reaped is dead. */
export function census(): Process[] {
  let ids: string[];
  try {
    ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return ids.flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') return [];
      return [{ pid: Number(id), parent: Number(parent), group: Number(group) }];
    } catch {
      return [];
    }
  });
}

/** The processes below one of these, and those in their groups. */
export function below(roots: ReadonlySet<number>, all = census()): Process[] {
  const found = new Set(roots);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { pid, parent, group } of all)
      if (found.has(parent) || found.has(group)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid) && !roots.has(pid));
}

/** Waits until none of these lives, for two seconds at most. @returns those that still do. */
export async function survivors(pids: ReadonlySet<number>): Promise<number[]> {
  for (let tries = 0; ; tries++) {
    const left = census()
      .filter(({ pid, group }) => pids.has(pid) || pids.has(group))
      .map(({ pid }) => pid);
    if (left.length === 0 || tries === 80) return left;
    await new Promise((later) => setTimeout(later, 25));
  }
}
