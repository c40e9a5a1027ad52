/** BPTT_KERNELS at the command line: a value that cannot be obeyed is refused in one sentence. */

/** Why BPTT_KERNELS cannot be obeyed, or undefined. The engine is opened only if the variable is set. */
export async function kernelsRefusal(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!environment.BPTT_KERNELS) return undefined;
  const { kernelsInUse } = await import('../engine/index.js');
  return kernelsInUse().refusal ?? undefined;
}
