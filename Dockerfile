# One image for every part; the command names the part: gateway, analyzer, publisher, topics, …
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -pl launcher -am -Dmaven.test.skip=true -Djacoco.skip=true -Dmdep.analyze.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/tailwater --create-home tailwater
COPY --from=build /source/launcher/target/lib /opt/tailwater/lib
USER tailwater
WORKDIR /var/lib/tailwater
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "-cp", "/opt/tailwater/lib/*", "io.tailwater.launcher.Tailwater"]
