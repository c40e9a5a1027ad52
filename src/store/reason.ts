/** Why the system refused, in words. It is not an error type: the rooms above see only sentences. */

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
  ENOENT: 'a part of its path does not exist',
  ELOOP: 'its symbolic links go round in circles',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  ENXIO: 'it is not a regular file',
  ERR_INVALID_ARG_VALUE: 'its name is not a valid path',
};

/** The system's code of an error, e.g. `ENOSPC`; undefined when it is not the system's. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * The reason in words that follow "because".
 * @throws the error itself when it does not come from the system: then it is our bug
 */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return WORDS[code] ?? `the system answers ${code}`;
}
