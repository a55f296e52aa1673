package io.tailwater.lineage.jinja;

import java.util.List;

/** A template's output, with the place each character comes from. */
public final class RenderedText {
    private final Text text;
    private final Template template;

    RenderedText(Text text, Template template) {
        this.text = text;
        this.template = template;
    }

    /** The output. */
    public String value() {
        return text.value();
    }

    /** Where the character at that offset comes from; for an offset at or past the end, the last one's place. */
    public Origin originOf(int offset) {
        List<Text.Segment> segments = text.segments();
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).start() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (segments.isEmpty()) {
            return new Origin(template, 0, null);
        }
        Text.Segment segment = segments.get(low);
        Origin origin = segment.origin();
        if (origin == null) {
            return new Origin(template, 0, null);
        }
        int within = Math.max(0, Math.min(offset, text.value().length()) - segment.start());
        int moved =
                Math.min(origin.offset() + within, origin.template().source().length());
        return segment.linear() ? new Origin(origin.template(), moved, origin.calledFrom()) : origin;
    }
}
