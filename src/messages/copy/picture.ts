/** Pictures and files that go with a message, in words. */
import { type Line, line, theirs } from '../inline.ts';

/** A picture, for whoever can't see it. */
export const pictureShows = (altText: string): Line => line`Picture: ${theirs(altText)}`;

/** Any other file that comes along. */
export const fileComesAlong = (name: string): Line => line`With it comes the file ${theirs(name)}.`;

/** The button that saves it. */
export const saveFile = (name: string): string => `Save ${name}`;
