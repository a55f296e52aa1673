package io.tailwater.lineage.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something a template does. */
sealed interface Statement {
    record Data(String text, int offset) implements Statement {}

    record Output(Expression expression, int offset) implements Statement {}

    record Assignment(Target target, Expression value, int offset) implements Statement {}

    record BlockAssignment(Target target, Expression.@Nullable Filter filter, List<Statement> body, int offset)
            implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int offset) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(
            Target target,
            Expression iterable,
            @Nullable Expression filter,
            List<Statement> body,
            List<Statement> otherwise,
            int offset)
            implements Statement {}

    record Macro(MacroDefinition definition, int offset) implements Statement {}

    record CallBlock(MacroDefinition caller, Expression.Call call, int offset) implements Statement {}

    record FilterBlock(Expression.Filter filter, List<Statement> body, int offset) implements Statement {}

    record Do(Expression expression, int offset) implements Statement {}

    record With(List<Target> targets, List<Expression> values, List<Statement> body, int offset) implements Statement {}

    record Include(Expression name, boolean ignoreMissing, boolean withContext, int offset) implements Statement {}

    record Import(Expression name, String as, boolean withContext, int offset) implements Statement {}

    record FromImport(Expression name, List<ImportedName> names, boolean withContext, int offset)
            implements Statement {}

    record ImportedName(String name, String as) {}

    record Block(List<Statement> body, int offset) implements Statement {}

    record Snapshot(NamedBlock block, int offset) implements Statement {}

    /** Where an assignment goes. */
    sealed interface Target {
        record Variable(String name) implements Target {}

        record Member(String object, String attribute) implements Target {}

        record Unpacking(List<Target> targets) implements Target {}
    }
}
