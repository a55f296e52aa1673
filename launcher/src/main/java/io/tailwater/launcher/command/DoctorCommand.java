package io.tailwater.launcher.command;

import io.tailwater.launcher.doctor.Diagnosis;
import io.tailwater.launcher.doctor.Examination;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at an installation from outside and says what to do. */
@Command(
        name = "doctor",
        description = "Checks the installation and says what to do.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is"})
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Diagnosis> diagnoses = new Examination(configuration.read(), System.getenv()).run();
        for (Diagnosis diagnosis : diagnoses) {
            out.printf("%-5s %s: %s%n", diagnosis.word(), diagnosis.subject(), diagnosis.finding());
            if (!diagnosis.advice().isEmpty()) {
                out.println("      " + diagnosis.advice());
            }
        }
        out.flush();
        return diagnoses.stream().anyMatch(Diagnosis::isTrouble) ? ExitCode.FOUND : ExitCode.PASSED;
    }
}
