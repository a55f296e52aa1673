package io.tailwater.publisher.publish;

import io.tailwater.publisher.fixture.Reports;

class FakeReportCommentsTest extends ReportCommentsContract {

    private final FakeReportComments comments = new FakeReportComments(Reports.HEAD_1);

    @Override
    ReportComments comments() {
        return comments;
    }

    @Override
    long commentOfAnother(String text) {
        return comments.add("{another}", text);
    }
}
