/** True when the compilation in `dist` of a folder began after the last change of the sources named, files or folders in it. */
export function isCompiled(folder: string, sources?: readonly string[]): boolean;
