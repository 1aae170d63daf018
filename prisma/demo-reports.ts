/** What was written for the weekly status reports of the demo programme. All of it is invented. */
import type { NoteWords } from '../src/domain/status-note.ts';
import type { DemoReports } from '../src/usecases/demo/story.ts';

const note = (wentOn: string, blockers = '', help = ''): NoteWords => ({ wentOn, blockers, help });

export const DEMO_REPORTS: DemoReports = {
  notes: [
    {
      isso2: note('The security plan was brought up to date after the October release.'),
      isso4: note('The first two control families were looked at with the development team.'),
      isso6: note(
        'The questionnaire is in. The video series is watched.',
        'No word about the clearance yet.',
        'Somebody who can ask the security office.',
      ),
      isso9: note('Retention rules of three notices were written down.'),
    },
    {
      isso2: note('Four POA&Ms were closed, and evidence for two more was collected.'),
      isso5: note('The extension was talked over with the Business Owner.'),
      isso6: note('I have begun to read the policies.', 'The clearance is blocked.'),
      isso11: note('Access was asked for.', 'The Business Owner has not said who is ready.'),
    },
    {
      isso2: note('The contingency plan test is prepared for next month.'),
      isso3: note('The appointment letter was the work of this week.'),
      isso6: note('Nothing new.', 'The clearance is still blocked.', 'An answer of the security office.'),
      isso10: note('Fingerprints and questionnaire are done. We wait for the interim result.'),
      isso11: note(
        'Access is coming in piece by piece.',
        'The preparation of the organization is not finished.',
      ),
    },
  ],
  remarks: [
    {},
    { ridgeway: 'The Business Owner wants to go on for a year.' },
    { juniper: 'We have asked the security office twice and ask again on Monday.' },
  ],
};
