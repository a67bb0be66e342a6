// What the scripts use of cli-progress 3, which brings no types.
declare module 'cli-progress' {
  export type BarOptions = { readonly format: string; readonly hideCursor?: boolean; readonly noTTYOutput?: boolean };
  export class SingleBar {
    constructor(options: BarOptions);
    start(total: number, value: number): void;
    update(value: number): void;
    stop(): void;
  }
}
