import { relative } from 'node:path';
import { inData } from './places';
import type { StartSettings } from './start-settings';

/** What is shown when everything is up: where things are and who can sign in. */
export const welcome = (settings: StartSettings, temporalUiUrl: string | undefined): string => {
  const { publicUrl, issuer, givenIssuer } = settings;
  const lines = [
    ['The service', publicUrl],
    ['Its API, described', `${publicUrl}/docs`],
    ...(temporalUiUrl ? [['Temporal’s Web UI', temporalUiUrl]] : []),
    ['Identity server', `${issuer}${givenIssuer ? '' : ' (for development only)'}`],
    ['Logs', relative(process.cwd(), inData('logs')) || '.'],
  ];
  return [
    '',
    ...lines.map(([what = '', where = '']) => `  ${what.padEnd(20)} ${where}`),
    ...(givenIssuer ? [] : demoSignIns),
    '',
    'Ctrl-C stops everything. npm start carries on where it was; npm run reset starts over.',
  ].join('\n');
};

const demoSignIns = [
  '',
  '  Sign in, without a password, as',
  '    Hana Usman           social worker, Leicester',
  '    Umar Iqbal           team manager, Leicester',
  '    Yusuf Kelly          duty desk, Leicester',
  '    Bina Iqbal           social worker, Leicestershire',
  '    Dr Asha Verma        clinician in an emergency department',
  '    Service operator     may read the workflows in Temporal’s Web UI',
  '  A token for curl: npm run --silent token -- ed-system',
];
