package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.sql.ScriptText;

/** SQL while it is put together from values of Python, with the place that each of its lines comes from. */
final class LineText extends ScriptText {
    LineText(String dialect, SourceLocation first) {
        super(dialect, first);
    }

    @Override
    public LineText add(String words, SourceLocation at) {
        super.add(words, at);
        return this;
    }

    @Override
    public LineText add(ScriptText other) {
        super.add(other);
        return this;
    }

    /** SQL of an author: breaks lines where the text comes from another line and a blank stands. */
    LineText add(Value.Text text) {
        text.runs().forEach(run -> addWritten(run.text(), run.at()));
        return this;
    }
}
