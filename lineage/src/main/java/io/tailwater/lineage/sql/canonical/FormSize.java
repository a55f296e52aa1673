package io.tailwater.lineage.sql.canonical;

import java.util.List;

/**
 * The size of a form written out in full, where a part that is shared counts as often as it stands. A query that reads another twice, read twice itself, and so
 * on, doubles with every line of its text.
 */
public final class FormSize {

    private static final int LARGEST = 20_000;

    private int left = LARGEST;

    private FormSize() {}

    /** Whether {@code form} is small enough to become a part of its reader's form. */
    public static boolean isModest(QueryForm form) {
        FormSize size = new FormSize();
        size.form(form);
        return size.left > 0;
    }

    private void form(QueryForm form) {
        left--;
        joins(form.joins());
        all(form.filters());
        all(form.having());
        if (form.grain() != null) {
            all(form.grain());
        }
        if (form.limit() != null) {
            canon(form.limit());
        }
        SetForm set = form.set();
        if (set != null) {
            for (QueryForm branch : set.branches()) {
                if (left > 0) {
                    form(branch);
                }
            }
        }
        all(form.columns());
    }

    private void joins(JoinForm joins) {
        left -= joins.instances().size();
        all(joins.conditions());
        for (OuterForm outer : joins.outer()) {
            all(outer.on());
            joins(outer.right());
            if (outer.left() != null) {
                joins(outer.left());
            }
        }
    }

    private void all(List<Canon> canons) {
        for (Canon canon : canons) {
            if (left <= 0) {
                return;
            }
            canon(canon);
        }
    }

    private void canon(Canon canon) {
        left--;
        switch (canon) {
            case Canon.Text text -> {}
            case Canon.Column column -> {}
            case Canon.Operation operation -> all(operation.operands());
            case Canon.Call call -> all(call.arguments());
            case Canon.Nested nested -> form(nested.form());
        }
    }
}
