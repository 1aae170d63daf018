/** The mailbox that requests come in by, joined to the rest. Its packages are loaded only where there is one. */
import { randomUUID } from 'node:crypto';
import type { MailboxSettings } from '../adapters/email/mailbox-config.ts';
import { hostsIn } from '../adapters/teams/cloud.ts';
import type { Config } from './config.ts';
import type { WayIn } from './http/go-on-routes.ts';
import { type Job, mailJob } from './jobs/schedule.ts';
import { GO_ON_PAGE } from './messages/copy/mail-answers.ts';
import type { Clock, Log, Mailbox, Store } from './ports.ts';
import type { Programme } from './usecases/work.ts';

export interface MailIntake {
  readonly mailbox: Mailbox;
  readonly job: Job;
}

/** The mailbox of the settings with the job that reads it; null when none is set up. */
export async function openMailIntake(
  settings: MailboxSettings | null,
  deps: {
    readonly store: Store;
    readonly programme: Programme;
    readonly log: Log;
    /** The machine's own clock, which mail servers go by as well. */
    readonly system: Clock;
  },
): Promise<MailIntake | null> {
  if (settings === null) return null;
  const { createMailbox } = await import('../adapters/email/mailbox.ts');
  const mailbox = createMailbox({ settings, system: deps.system });
  const { store, programme, log } = deps;
  const { pollMinutes } = settings;
  return { mailbox, job: mailJob({ store, programme, log, mailbox, pollMinutes, newId: randomUUID }) };
}

/** Where somebody who wrote a mail finds the bot. */
export function waysIn({ slack, teams, console: page }: Config, publicUrl: string): readonly WayIn[] {
  const client = teams?.app
    ? `${hostsIn(teams.cloud, null).client}/l/chat/0/0?users=28:${teams.app.id}`
    : null;
  return [
    ...(client === null ? [] : [{ label: GO_ON_PAGE.teams, url: client }]),
    ...(slack ? [{ label: GO_ON_PAGE.slack, url: `${publicUrl}/slack/start` }] : []),
    ...(page.on ? [{ label: GO_ON_PAGE.console, url: `${publicUrl}/console` }] : []),
  ];
}
