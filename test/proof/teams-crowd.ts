/** A crowd whose people are all in a made-up Teams, and what stands there against what was to be said. */
import { createTeams, type Teams } from '../../adapters/teams/index.ts';
import { type Pace, UNLIMITED } from '../../src/domain/pace.ts';
import { isFromThisMachine } from '../../src/http/this-machine.ts';
import type { Clock, InstallationStore, Log } from '../../src/ports.ts';
import { settingsFor } from '../support/teams/bare-teams.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { addUser, objectIdOf, saidIn, TENANT } from '../support/teams/world.ts';
import { type Crowd, type Expected, judge, marksIn, type Verdict, writeCrowd } from './crowd.ts';
import { atTheEnd, query } from './databases.ts';

const objectIds = (people: number): readonly string[] =>
  Array.from({ length: people }, (_, place) => objectIdOf(`p${place}`));

/** Writes the crowd, and moves all of it to Teams. Nobody of them has written to the bot yet. */
export async function writeTeamsCrowd(url: string, crowd: Crowd, dueAt?: string): Promise<void> {
  await writeCrowd(url, crowd, dueAt);
  await query(
    url,
    `UPDATE platform_user SET platform = 'teams', user_id = $1 || '/' || moved.id
       FROM unnest($2::text[]) WITH ORDINALITY AS moved (id, place)
      WHERE user_id = 'p' || (moved.place - 1)`,
    [TENANT, objectIds(crowd.people)],
  );
}

/** What was for the first of them goes to the ISPG channel. */
export const moveToChannel = (url: string): Promise<unknown> =>
  query(
    url,
    `UPDATE delivery SET recipient_kind = 'channel', recipient_id = 'ispg' WHERE recipient_id = 'p0'`,
  );

/** A made-up Teams with those people, all of whom have the app; it ends with the row. */
export async function teamsWith({ people }: Crowd): Promise<FakeCloud> {
  const cloud = await startFakeCloud();
  for (const [place, objectId] of objectIds(people).entries())
    addUser(cloud.world, { objectId, name: `Person ${place}` });
  atTheEnd(() => cloud.stop());
  return cloud;
}

export interface TeamsSenderOptions {
  /** Address of the made-up Teams. */
  readonly standIn: string;
  readonly installations: InstallationStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly patienceMs: number;
  readonly pace?: Pace;
}

/** The bot's own adapter, as it is, but for its pace and its patience. */
export const teamsSender = ({
  standIn,
  installations,
  clock,
  log,
  patienceMs,
  pace = UNLIMITED,
}: TeamsSenderOptions): Teams => ({
  ...createTeams({
    settings: settingsFor(standIn),
    publicUrl: 'https://isso-bot.example.gov',
    clock,
    system: { now: () => new Date() },
    log,
    installations,
    own: { home: async () => null, requests: async () => [], card: async () => null },
    channelTimeZone: 'America/New_York',
    isFromThisMachine,
    callMs: patienceMs,
    report: async (trouble) => log.error({ error: new Error(trouble.mend) }, 'trouble in Teams'),
  }),
  pace,
});

/** What stands in the conversations against what was to be said. Nothing can be read back: what may have come twice is listed. */
export function judgeTeams(
  url: string,
  crowd: Crowd,
  { world }: FakeCloud,
  expected: Expected = {},
): Promise<Verdict> {
  const standing = [...world.conversations.values()].flatMap((conversation) =>
    saidIn(conversation).map(({ id, activity }, place) => ({
      id,
      key: '',
      to: conversation.id,
      // An activity says its words once more for those who read no cards.
      text: [...new Set(marksIn(JSON.stringify(activity)))].map((mark) => `mark[${mark}]`).join(' '),
      place,
    })),
  );
  return judge(url, crowd, standing, { ...expected, isReadable: () => false });
}
