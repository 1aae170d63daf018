import { instantOf, type LocalDate, type LocalTime } from './time.ts';

/** Local time at which people are asked for something that can wait for their morning (assumed). */
const MORNING: LocalTime = '09:00';

/** The instant on that day at which somebody in `zone` is asked. */
export const morningOf = (day: LocalDate, zone: string): Date => instantOf(day, MORNING, zone);
