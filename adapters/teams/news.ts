/** What became of the app in Teams: somebody took it away, it left a team, or a channel is gone or back. */
import type { Calls } from './calls.ts';
import type { TeamsSettings } from './config.ts';
import type { News } from './inbound.ts';
import type { References } from './references.ts';

export interface NewsParts {
  readonly references: References;
  readonly calls: Calls;
  readonly settings: TeamsSettings;
}

/** Takes it over: nothing is sent where the bot is not any more, and the administrator hears of it at once. */
export async function heed(parts: NewsParts, news: News, serviceUrl: string): Promise<void> {
  switch (news.kind) {
    case 'person-removed':
      await parts.references.seePerson(news.user, { isRemoved: true }, true);
      parts.calls.trouble(
        'app_removed',
        'the app for somebody who took it away: what is for them goes to their other platform, or to their lead, until they add it again',
      );
      return;
    case 'team-lost':
    case 'team-back':
      return heedTeam(parts, news.team, news.kind === 'team-lost', serviceUrl);
    case 'channel-lost':
    case 'channel-back':
      return heedChannel(parts, news.channel, news.kind === 'channel-lost', serviceUrl);
    default:
      return news satisfies never;
  }
}

const SETTINGS = { ispg: 'TEAMS_ISPG_CHANNEL', issoaas: 'TEAMS_PROGRAM_CHANNEL' } as const;

async function heedTeam(parts: NewsParts, team: string, isLost: boolean, serviceUrl: string): Promise<void> {
  for (const channel of new Set(Object.values(parts.settings.channels))) {
    if (channel === null) continue;
    const place = await parts.references.place(channel);
    // A team's first channel has the team's own id.
    if (place?.team === team || channel === team) await heedChannel(parts, channel, isLost, serviceUrl);
  }
}

async function heedChannel(
  { references, calls, settings }: NewsParts,
  channel: string,
  isLost: boolean,
  serviceUrl: string,
): Promise<void> {
  await references.seePlace(channel, { serviceUrl, isRemoved: isLost }, true);
  if (!isLost) return;
  for (const name of ['ispg', 'issoaas'] as const)
    if (settings.channels[name] === channel)
      calls.trouble(
        'channel_lost',
        `the app in the channel of ${SETTINGS[name]}: add it to the team again, bring the channel back, or set another`,
      );
}
