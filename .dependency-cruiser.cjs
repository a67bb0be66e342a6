/**
 * The walls of the house: which room may use which. `npm run walls`; test/walls plants a sin for each.
 * Nouns stand in an order: each may use only those before it, and of those only their service, module and schema.
 */
const nouns = [
  'nhs-numbers',
  'organisations',
  'authorities',
  'people',
  'plans',
  'uploads',
  'births',
  'accesses',
  'number-changes',
  'alerts',
  'batches',
  'deliveries',
  'doctor',
];
const composition = '^src/(main|worker|web|app\\.module|entities|migrate|migrate-database|doctor-main)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'workflows-are-a-closed-room',
      severity: 'error',
      comment: 'workflows/ imports @temporalio/workflow and its own files, nothing else, not even types',
      from: { path: '^workflows/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^workflows/|(^|/)node_modules/@temporalio/workflow/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment: 'rules know no Temporal, no clock and no database',
      from: { path: '\\.rules\\.ts$' },
      to: { pathNot: '^workflows/.*(\\.rules|/contract)\\.ts$' },
    },
    {
      name: 'contracts-know-contracts',
      severity: 'error',
      from: { path: '/contract\\.ts$' },
      to: { pathNot: '/contract\\.ts$|(^|/)node_modules/@temporalio/workflow/' },
    },
    {
      name: 'source-takes-promises-and-rules-alone',
      severity: 'error',
      comment: 'src/ uses contracts, rules and the task queue; only the bundle reads workflow code',
      from: { path: '^src/' },
      to: {
        path: '^workflows/',
        pathNot: '/contract\\.ts$|\\.rules\\.ts$|^workflows/(task-queue|search-attributes)\\.ts$',
      },
    },
    {
      name: 'platform-knows-no-noun',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/platform/' },
    },
    {
      name: 'platform-knows-no-process',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^workflows/' },
    },
    ...nouns.map((noun, place) => ({
      name: `${noun}-uses-nouns-before-it`,
      severity: 'error',
      from: { path: `^src/${noun}/` },
      to: { path: `^src/(${['ui', ...nouns.slice(place + 1)].join('|')})/` },
    })),
    {
      name: 'repositories-stay-in-their-folder',
      severity: 'error',
      comment: 'a table is written by its repository alone, and nobody outside the folder sees it',
      from: { path: '^src/([^/]+)/', pathNot: composition },
      to: { path: '^src/(?!platform/)[^/]+/.*\\.(repository|entity)\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'activities-start-nothing',
      severity: 'error',
      comment: 'activities may not start or signal workflows',
      from: { path: '\\.activities\\.ts$' },
      to: { path: '^src/platform/temporal/|node_modules/@temporalio/client/' },
    },
    {
      name: 'pages-use-services',
      severity: 'error',
      comment: 'pages touch no repository, record or Temporal',
      from: { path: '^src/ui/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '\\.(repository|entity|activities)\\.ts$|^src/platform/temporal/|node_modules/(@temporalio|@mikro-orm|pg)/',
      },
    },
    {
      name: 'presenters-are-pure',
      severity: 'error',
      from: { path: '\\.presenter\\.ts$' },
      to: {
        path: '\\.(service|controller|repository)\\.ts$|node_modules/(@nestjs|fastify)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'temporal-client-behind-the-platform',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/temporal/' },
      to: { path: 'node_modules/@temporalio/(client|worker)/' },
    },
    {
      name: 'nothing-imports-the-entry-points',
      severity: 'error',
      from: {},
      to: { path: '^src/(main|worker|migrate)\\.ts$' },
    },
    {
      name: 'stand-ins-stay-outside',
      severity: 'error',
      comment: 'what ships knows no test, script or bench',
      from: { path: '^(src|workflows)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'no-orphan-packages',
      severity: 'error',
      comment: 'what ships uses what ships',
      from: { path: '^(src|workflows)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench/node_modules)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
