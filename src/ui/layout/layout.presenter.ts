import type { Caller } from '../../platform/sign-in/caller';
import { paths } from '../paths';
import { iconAddress, stylesheetAddress } from './assets';

export const productName = 'Child protection bridge';

/** What a page says of itself to its frame. */
export interface Frame {
  /** Never a name, a number or a date: titles are kept by browsers. */
  readonly title: string;
  /** The section of the navigation in which the page stands. */
  readonly section: 'home' | 'alerts' | 'check' | 'none';
}

export interface LayoutView {
  readonly productName: string;
  readonly title: string;
  readonly home: string;
  readonly signOut: string;
  readonly stylesheet: string;
  readonly icon: string;
  readonly signedIn: { readonly name: string; readonly role: string } | null;
  readonly navigation: readonly { text: string; href: string; current: boolean }[];
  /** Proves that a form came from one of our pages. */
  readonly csrf: string;
  /** Makes the form's command repeatable. */
  readonly requestId: string;
}

const roleWords: Readonly<Record<string, string>> = {
  worker: 'Social worker',
  manager: 'Team manager',
  'duty-desk': 'Duty desk',
  'data-quality': 'Data quality',
  'number-team': 'NHS number team',
  operator: 'Operator',
};

/** The frame of a page: who is signed in, and only the links that they may follow. */
export function presentLayout(
  frame: Frame,
  caller: Caller | undefined,
  tokens: { csrf: string; requestId: string },
): LayoutView {
  return {
    productName,
    title: frame.section === 'home' ? productName : `${frame.title} – ${productName}`,
    home: paths.home,
    signOut: paths.signOut,
    stylesheet: stylesheetAddress,
    icon: iconAddress,
    signedIn: caller ? { name: caller.name, role: roleOf(caller) } : null,
    navigation: caller ? navigationFor(caller, frame.section) : [],
    ...tokens,
  };
}

const roleOf = (caller: Caller): string =>
  caller.clinicianRole ?? caller.roles.map((role) => roleWords[role]).find((words) => words !== undefined) ?? '';

function navigationFor(caller: Caller, section: Frame['section']): LayoutView['navigation'] {
  const all = [
    { right: 'act-on-alerts', section: 'alerts', text: 'My alerts', href: paths.alerts.list },
    { right: 'check', section: 'check', text: 'Check a number', href: paths.check },
  ];
  return all
    .filter((item) => caller.rights.includes(item.right))
    .map(({ text, href, section: own }) => ({ text, href, current: own === section }));
}
