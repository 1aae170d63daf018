/** `picture funnel`, `pictures`: the programme in words at once and as a picture after it. */
import { mayEver } from '../domain/access.ts';
import { monthAround, type Period } from '../domain/period.ts';
import { isEmpty, isForChannel } from '../domain/picture-shown.ts';
import { PICTURE_KINDS, type PictureKind, type ProgrammePicture } from '../domain/programme-pictures.ts';
import type { LocalDate } from '../domain/time.ts';
import { readPicture } from '../forms/read-picture.ts';
import type { ButtonPress } from '../messages/button.ts';
import { pictureAltText } from '../messages/copy/pictures.ts';
import {
  besidePicture,
  notBegun,
  pictureMessage,
  picturesList,
  unknownPicture,
  unreadPicture,
} from '../messages/copy/pictures-message.ts';
import { notYours, sensitiveText } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import type { Attachment, Pictures } from '../ports.ts';
import { type FiguresScope, readFiguresScope } from './figures-scope.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { type FiguresDeps, pictureFacts } from './measures.ts';
import { tellChannel, tellPerson } from './tell.ts';
import { type Answer, answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Pictures of one day or of all days: a time makes no difference to them. */
const TIMELESS: readonly PictureKind[] = ['burn-down', 'satisfaction'];
/** Attendance is shown of this many months where no time is named. */
const MONTHS = 12;

/** `pictures`, `picture ageing OIT`, `picture funnel last quarter`; null for anything else. */
export async function routePicture(work: Work, typed: string): Promise<Answer | null> {
  const wish = readPicture(typed);
  if (!wish) return null;
  const isAllowed = mayEver(work.person, 'measures.read');
  // Such words may answer a form that is open, and people in a channel talk of pictures too.
  if ((wish.is === 'unknown' || !isAllowed) && (await isAboutSomethingElse(work))) return null;
  if (!isAllowed) return answerPrivately(notYours());
  switch (wish.is) {
    case 'list':
      return answer(picturesList());
    case 'unknown':
      return notRead(wish.words, unknownPicture(wish.words));
    case 'picture':
      return pictureByWords(work, wish.kind, wish.words);
    default:
      return wish satisfies never;
  }
}

const isAboutSomethingElse = async (work: Work): Promise<boolean> =>
  work.from.channel !== null || (await currentIntake(work))?.record.status === 'open';

/** What pressing the buttons of pictures does. */
export const PICTURE_PRESSED: readonly (readonly [
  string,
  (work: Work, press: ButtonPress) => Promise<Answer>,
])[] = [
  ['pictures.list', async (work) => listPictures(work)],
  [
    'picture.show',
    async (work, { subject }) => {
      const kind = PICTURE_KINDS.find((each) => each === subject);
      return kind ? pictureByWords(work, kind, '') : listPictures(work);
    },
  ],
];

const listPictures = (work: Work): Answer =>
  mayEver(work.person, 'measures.read') ? answer(picturesList()) : answerPrivately(notYours());

async function pictureByWords(work: Work, kind: PictureKind, words: string): Promise<Answer> {
  const scope = readFiguresScope(work, words);
  if (scope !== null && !('unknown' in scope)) return showPicture(work, kind, scope);
  return notRead(words, unreadPicture(kind, words));
}

/** Sensitive words are not said again. */
function notRead(words: string, otherwise: Message): Answer {
  const kinds = sensitiveKinds(words);
  return answerPrivately(kinds.length > 0 ? sensitiveText(kinds) : otherwise);
}

/**
 * The numbers at once, where they were asked for if that is the ISPG channel and nothing in them is of a person, else to the one who
 * asked; the picture follows them there. Refused to whoever may not read measures (domain reference 8.3).
 */
async function showPicture(
  work: Work,
  kind: PictureKind,
  { component, offering, period, isUsual }: FiguresScope,
): Promise<Answer> {
  if (!mayEver(work.person, 'measures.read')) return answerPrivately(notYours());
  const today = programmeToday(work);
  if (period.from > today) return answerPrivately(notBegun(kind, period.name));
  const { from, until } = isUsual ? usualTime(kind, period, today) : period;
  const facts = await pictureFacts(work, kind, { component, offering: offering?.key ?? null, from, until });
  const picture = { ...facts, offering: kind === 'satisfaction' ? null : (offering?.name ?? null) };
  const isHere = work.from.channel === 'ispg' && isForChannel(picture, work.programme.smallestGroup);
  // Where there is nothing to see, the words say so.
  const pictures = isEmpty(picture) ? undefined : work.pictures;
  const said = pictureMessage(picture, {
    isDrawn: pictures !== undefined,
    isLeftAside: TIMELESS.includes(kind) && !isUsual,
  });
  if (pictures) await sendPicture(work, pictures, picture, isHere);
  return isHere ? answer(said) : answerPrivately(said);
}

/** What is shown when no time is named. */
const usualTime = (kind: PictureKind, usual: Period, today: LocalDate): Pick<Period, 'from' | 'until'> =>
  kind === 'attendance' ? { from: monthAround(today, 1 - MONTHS).from, until: today } : usual;

/** By itself, since an answer carries no file; its alternative text says the same numbers. */
async function sendPicture(
  work: Work,
  pictures: Pictures,
  picture: ProgrammePicture,
  isHere: boolean,
): Promise<void> {
  const telling = {
    key: `picture:${work.newId()}`,
    kind: 'answer',
    message: besidePicture(picture),
    attachment: await attachmentOf(pictures, picture),
    via: work.from.platform,
  } as const;
  if (isHere) await tellChannel(work, 'ispg', telling);
  else await tellPerson(work, work.person.id, telling);
}

async function attachmentOf(pictures: Pictures, picture: ProgrammePicture): Promise<Attachment> {
  return {
    name: [picture.kind, ...(picture.component ? [picture.component] : [])].join('-').concat('.png'),
    type: 'image/png',
    content: await pictures.programme(picture),
    encoding: 'base64',
    altText: pictureAltText(picture),
  };
}

/**
 * The picture that goes with the weekly digest of the ISPG channel: the funnel of the last 90 days. Null where nothing is drawn or there
 * is nothing to see, and where drawing fails: the digest comes all the same.
 */
export async function digestPicture(deps: FiguresDeps & Pick<Work, 'pictures'>): Promise<Attachment | null> {
  if (!deps.pictures) return null;
  const picture = await pictureFacts(deps, 'funnel');
  return isEmpty(picture) ? null : attachmentOf(deps.pictures, picture).catch(() => null);
}
