/** Pictures of the programme as messages: the same numbers in words at once, and which pictures there are. */
import { PICTURE_KINDS, type PictureKind, type ProgrammePicture } from '../../domain/programme-pictures.ts';
import { button } from '../button.ts';
import { line, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { pictureLines, pictureSubtitle, pictureTitle } from './pictures.ts';

/** `isDrawn`: the picture follows. `isLeftAside`: a time was named that makes no difference. */
export function pictureMessage(
  picture: ProgrammePicture,
  { isDrawn, isLeftAside }: { readonly isDrawn: boolean; readonly isLeftAside: boolean },
): Message {
  return card(
    pictureTitle(picture),
    [
      paragraph(pictureSubtitle(picture)),
      bullets(pictureLines(picture)),
      ...(isLeftAside ? [note(LEFT_ASIDE)] : []),
      ...(isDrawn ? [note('The picture comes in a message of its own.')] : []),
    ],
    [picturesButton],
  );
}

const LEFT_ASIDE = 'This picture is the same for every time, so the time you named makes no difference.';

/** Beside the picture. */
export const besidePicture = (picture: ProgrammePicture): Message => say(`${pictureTitle(picture)}.`);

const LABELS: Readonly<Record<PictureKind, string>> = {
  funnel: 'Funnel',
  'burn-down': 'Burn-down',
  ageing: 'Ageing',
  satisfaction: 'Satisfaction',
  attendance: 'Attendance',
};

const SHOWS: Readonly<Record<PictureKind, string>> = {
  funnel: 'how far the requests of a time came, from filing to work',
  'burn-down': 'lines that are open of everybody in onboarding, beside plan and forecast',
  ageing: 'how long open engagements have been in their state',
  satisfaction: 'averages of the satisfaction survey by quarter',
  attendance: 'who was present of those invited to meetings, as counts by month',
};

const picturesButton = button('pictures', 'Pictures', { verb: 'pictures.list', subject: 'all' }, 'pictures');

/** Which pictures there are, and what to type. */
export const picturesList = (): Message =>
  card(
    'Pictures of the programme',
    [
      bullets(
        PICTURE_KINDS.map((kind) => line`${strong(LABELS[kind])}: ${SHOWS[kind]}. Type \`picture ${kind}\`.`),
      ),
      note(HOW_TO_NARROW),
    ],
    PICTURE_KINDS.map((kind) =>
      button(`picture-${kind}`, LABELS[kind], { verb: 'picture.show', subject: kind }, `picture ${kind}`),
    ),
  );

const HOW_TO_NARROW =
  'You can name a component and a time, such as `picture ageing OIT` or `picture funnel OIT last quarter`.';

/** To a picture that there is none of. */
export const unknownPicture = (words: string): Message =>
  say(line`I have no picture of “${theirs(words)}”. Type \`pictures\` to see which there are.`);

/** To words behind a picture that name neither a component nor a time. */
export const unreadPicture = (kind: PictureKind, words: string): Message =>
  say(
    line`I could not read “${theirs(words)}” as a component, an offering or a time. ${HOW_TO_NARROW} Type \`picture ${kind}\` for all components.`,
  );

/** To a time that has not begun. */
export const notBegun = (kind: PictureKind, time: string): Message =>
  say(`There is nothing to show of ${time}: it has not begun. Type \`picture ${kind}\` for the latest time.`);
