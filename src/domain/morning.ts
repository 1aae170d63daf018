import { instantOf, type LocalDate, type LocalTime } from './time.ts';

/** Local time at which people are asked for something that can wait for their morning (assumed). */
const MORNING: LocalTime = '09:00';

/** The instant on that day at which somebody in `zone` is asked. */
export const morningOf = (day: LocalDate, zone: string): Date => instantOf(day, MORNING, zone);

/**
 * The instant at which what is to be asked on that day is written: when the day begins for somebody in `zone`, so that it is part of
 * the message of the day, however early that goes.
 */
export const writtenOn = (day: LocalDate, zone: string): Date => instantOf(day, '00:00', zone);
