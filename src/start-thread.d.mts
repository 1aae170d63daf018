/** The folders of everything that is compiled. */
export const SOURCES: readonly string[];

/** True when the file, or the folder and all in it, is older. A file that was taken away leaves its trace in its folder. */
export function isOlder(path: string, atMs: number): boolean;

/** True when the compilation in `dist` of a folder began after the last change of the sources named, files or folders in it. */
export function isCompiled(folder: string, sources?: readonly string[]): boolean;
