package io.tailwater.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout rules that Maven's dependency lists alone cannot hold. */
class ArchitectureTest {

    private static final String GENERATED = "io.tailwater.schemas.(event|lineage|report|connection|activity)";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tailwater");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "lineage",
                "bitbucket",
                "connections",
                "connector",
                "service",
                "embedded",
                "console",
                "ingest",
                "pranalyzer",
                "publisher",
                "simulator",
                "launcher"
            })
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().matching("io.tailwater." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "org.eclipse.jgit.., io.tailwater.pranalyzer.git..;io.tailwater.simulator..;io.tailwater.launcher.demo..",
        "io.javalin.., io.tailwater.ingest.http..;io.tailwater.console.http..;io.tailwater.simulator..",
        "java.net.http.., io.tailwater.bitbucket.http..;io.tailwater.schemas.serde..;io.tailwater.simulator..;io.tailwater.launcher..",
        "org.apache.kafka.streams.., io.tailwater.pranalyzer..",
        "com.google.crypto.tink.., io.tailwater.connections..",
        "com.sun.net.httpserver.., io.tailwater.service..;io.tailwater.embedded..",
        "kafka.., io.tailwater.embedded..",
    })
    void aLibraryStaysWhereItBelongs(String library, String homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes.split(";"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void noParserOfOthersIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "net.sf.jsqlparser..", "com.alibaba.druid..", "org.apache.calcite..", "com.hubspot.jinjava..")
                .check(CLASSES);
    }

    @Test
    void lineageIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.tailwater.lineage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io.file..",
                        "java.nio.file..",
                        "java.net.http..",
                        "java.util.concurrent..",
                        "org.apache..",
                        "org.slf4j..",
                        "io.tailwater.schemas..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, java.io.File.class, java.net.URL.class, java.net.Socket.class)
                .check(CLASSES);
    }

    @Test
    void theClockIsAskedOnlyWhereServicesAreWired() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.tailwater.lineage..",
                        "io.tailwater.schemas.topic..",
                        "io.tailwater.publisher.render..",
                        "io.tailwater.pranalyzer.impact..",
                        "io.tailwater.pranalyzer.normalise..")
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("asks the wall clock") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        String owner = call.getTargetOwner().getName();
                        String name = call.getName();
                        return owner.equals(System.class.getName())
                                        && (name.equals("currentTimeMillis") || name.equals("nanoTime"))
                                || owner.equals(Instant.class.getName())
                                        && name.equals("now")
                                        && call.getTarget()
                                                .getRawParameterTypes()
                                                .isEmpty();
                    }
                })
                .check(CLASSES);
    }

    @Test
    void theEnvironmentIsReadOnlyByTheLauncherAndTheSimulatorsMain() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tailwater.launcher..")
                .and()
                .doNotHaveSimpleName("SimulatorMain")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void servicesMeetOnlyInTopics() {
        String[] services = {"io.tailwater.ingest..", "io.tailwater.pranalyzer..", "io.tailwater.publisher.."};
        for (String service : services) {
            for (String other : services) {
                if (!service.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(service)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .check(CLASSES);
                }
            }
        }
    }

    @Test
    void theSimulatorIsAStranger() {
        classes()
                .that()
                .resideInAPackage("io.tailwater.simulator..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.tailwater..")
                        .or(JavaClass.Predicates.resideInAPackage("io.tailwater.simulator..")))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            JavaPackage home = type.getPackage();
            if (!home.getName().matches(GENERATED) && !home.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(home.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
