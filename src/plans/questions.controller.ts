import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Audited } from '../platform/audit/audited.decorator';
import { Described } from '../platform/http/described.decorator';
import { RequestId } from '../platform/http/request-id.decorator';
import { valid } from '../platform/http/valid.pipe';
import type { Caller } from '../platform/sign-in/caller';
import { CallerParam } from '../platform/sign-in/caller.decorator';
import { May } from '../platform/sign-in/may.decorator';
import {
  questionAnswer,
  questionList,
  questionsQuery,
  questionView,
  type QuestionAnswer,
  type QuestionList,
  type QuestionsQuery,
  type QuestionView,
} from './questions.schema';
import { QuestionsService } from './questions.service';

@Controller('authorities/:gss/questions')
export class QuestionsController {
  constructor(private readonly questions: QuestionsService) {}

  @Get()
  @May('read-uploads')
  @Audited('questions-read')
  @Described({ summary: 'What the authority is asked', query: questionsQuery, answers: { 200: questionList } })
  list(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Query(valid(questionsQuery)) query: QuestionsQuery,
  ): Promise<QuestionList> {
    return this.questions.list(caller, gss, query);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @May('answer-questions')
  @Audited('question-answered')
  @Described({
    summary: 'Answers a question; the answer takes effect at once',
    body: questionAnswer,
    answers: { 200: questionView },
  })
  answer(
    @CallerParam() caller: Caller,
    @Param('gss') gss: string,
    @Param('id') id: string,
    @Body(valid(questionAnswer)) given: QuestionAnswer,
    @RequestId() _requestId: string,
  ): Promise<QuestionView> {
    return this.questions.answer(caller, gss, id, given);
  }
}
