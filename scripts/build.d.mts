/** After this `dist/src/main.js` is the program as its sources are now. */
export function build(): void;
