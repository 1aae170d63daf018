/** How much of the facts a picture shows, and who may see it beside others. Pure. */
import type { ProgrammePicture } from './programme-pictures.ts';

/** More rows are too small to read: a year of months, two years of quarters. */
const MOST_MONTHS = 12;
const MOST_QUARTERS = 8;

/** The part of the picture that is drawn, said and put into its table, and how many older rows are left out. */
export interface ShownPart<P extends ProgrammePicture = ProgrammePicture> {
  readonly picture: P;
  readonly left: number;
}

/** The newest months and quarters; everything else as it is. */
export function shownPart(picture: ProgrammePicture): ShownPart {
  switch (picture.kind) {
    case 'satisfaction': {
      const quarters = picture.facts.quarters.slice(-MOST_QUARTERS);
      return {
        picture: { ...picture, facts: { quarters } },
        left: picture.facts.quarters.length - quarters.length,
      };
    }
    case 'attendance': {
      const months = picture.facts.months.slice(-MOST_MONTHS);
      return {
        picture: { ...picture, facts: { months } },
        left: picture.facts.months.length - months.length,
      };
    }
    case 'funnel':
    case 'burn-down':
    case 'ageing':
      return { picture, left: 0 };
    default:
      return picture satisfies never;
  }
}

/** True when the picture has nothing to show but words. */
export function isEmpty(picture: ProgrammePicture): boolean {
  switch (picture.kind) {
    case 'funnel':
      return picture.facts.steps.every(({ count }) => count === 0);
    case 'burn-down':
      return picture.people === 0 || picture.facts.days.length === 0;
    case 'ageing':
      return picture.facts.rows.every(({ counts }) => counts.every((count) => count === 0));
    case 'satisfaction':
      return picture.facts.quarters.every(({ average }) => average === null);
    case 'attendance':
      return picture.facts.months.every(({ meetings }) => meetings === 0);
    default:
      return picture satisfies never;
  }
}

/**
 * Whether it may stand in the ISPG channel (domain reference 9.5). What is counted of people is shown there of `smallest` or more, so
 * that nobody is singled out; averages of satisfaction are of so many by themselves. Engagements may be counted one by one.
 */
export function isForChannel(picture: ProgrammePicture, smallest: number): boolean {
  switch (picture.kind) {
    case 'funnel':
    case 'ageing':
    case 'satisfaction':
      return true;
    case 'burn-down':
      return picture.people === 0 || picture.people >= smallest;
    case 'attendance':
      // A month's meetings with so many invited on average have had as many different people at one of them.
      return picture.facts.months.every(({ meetings, invited }) => invited >= smallest * meetings);
    default:
      return picture satisfies never;
  }
}
