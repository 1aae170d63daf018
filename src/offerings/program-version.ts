/** The version of this program, as records that leave it name it; the same as in package.json. */
export const PROGRAM_VERSION = '0.1.0';
