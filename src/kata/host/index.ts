/** The kata host: a learner's file in a child process, as a subject. */
export { openHost, type HostOptions, type HostSubject } from './open-host.js';
export { defaultLimits, type HostLimits } from './limits.js';
export { leftFolders, removeFolders } from './folders.js';
