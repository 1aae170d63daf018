/** What the console takes and keeps. Lengths are characters, times milliseconds. */
export const LIMITS = {
  /** Largest JSON body. */
  body: '256kb',
  /** Names of people, messages, actions and events. */
  idLength: 200,
  /** A dialog id carries its button. */
  dialogIdLength: 4_000,
  /** Values sent with one press or dialog. */
  values: 200,
  /** One move of the clock. */
  advanceMs: 5 * 366 * 24 * 60 * 60 * 1000,
  /** Time between two signs of life on an event stream. */
  heartbeatMs: 20_000,
  /** How long the list of people and channels is believed. */
  directoryMs: 5_000,
} as const;
