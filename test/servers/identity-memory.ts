type Payload = { readonly uid?: string; readonly grantId?: string; consumed?: number };
type Entry = { readonly payload: Payload; readonly expiresAt: number };

/** Where oidc-provider keeps its codes and sign-ins: in memory, until they expire. A store for each kind of thing. */
export class MemoryStore {
  private readonly entries = new Map<string, Entry>();

  async upsert(id: string, payload: Payload, expiresInSeconds: number): Promise<void> {
    this.forgetExpired();
    this.entries.set(id, { payload, expiresAt: Date.now() + expiresInSeconds * 1000 });
  }

  async find(id: string): Promise<Payload | undefined> {
    const entry = this.entries.get(id);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid: string): Promise<Payload | undefined> {
    return [...this.entries.values()].find(({ payload }) => payload.uid === uid)?.payload;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.entries.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.entries) if (payload.grantId === grantId) this.entries.delete(id);
  }

  private forgetExpired(): void {
    for (const [id, { expiresAt }] of this.entries) if (expiresAt <= Date.now()) this.entries.delete(id);
  }
}
