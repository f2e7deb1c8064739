"""Submit, accept, hand over, review, decide, as a viewflow flow driven by code."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


class CaseFlow(flow.Flow):
    process_class = Process

    submit = flow.StartHandle(this.begin).Next(this.accept)
    accept = flow.Handle(this.done).Next(this.hand_over)
    hand_over = flow.Handle(this.done).Next(this.review)
    review = flow.Handle(this.done).Next(this.decide)
    decide = flow.Handle(this.done).Next(this.end)
    end = flow.End()

    def begin(self, activation):
        return activation.process

    def done(self, activation):
        activation.process.data = {"stage": activation.flow_task.name}
        activation.process.save()
