import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { DoctorService } from './doctor/doctor.service';
import { Config } from './platform/config';
import { exitOn } from './platform/process';

/** `node dist/src/doctor-main.js`: one line for each finding. Exit code 0: all is well; 1: it is not. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.with(new Config(process.env)), {
    logger: false,
    abortOnError: false,
  });
  const { well, findings } = await app.get(DoctorService).examine();
  for (const { kind, item, authority, about } of findings)
    process.stdout.write(`${kind}\t${item}\t${authority ?? ''}\t${about}\n`);
  process.stdout.write(
    well
      ? `All is well (${findings.length} facts and notices wait their turn).\n`
      : `Not well: ${findings.length} findings.\n`,
  );
  await app.close();
  process.exit(well ? 0 : 1);
}

main().catch(exitOn('The doctor could not examine the product'));
