/**
 * The little of WebAssembly that the engine uses, declared here because this room knows no runtime's types,
 * and possibly absent: a runtime may come without it.
 */

/** A shared memory: its views stay valid when it grows. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** @throws {RangeError} if there is no room. */
  grow(pages: number): number;
}

export interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: SharedMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => SharedMemory;
  validate(bytes: Uint8Array): boolean;
}

interface Runtime {
  readonly WebAssembly?: WebAssemblyHost;
  atob(base64: string): string;
}
const runtime = globalThis as unknown as Runtime;

export const webAssembly = (): WebAssemblyHost | undefined => runtime.WebAssembly;

export function bytesOf(base64: string): Uint8Array {
  const text = runtime.atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let j = 0; j < text.length; j++) bytes[j] = text.charCodeAt(j);
  return bytes;
}
