package org.pmf4j.bench.machine;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.bench.process.EngineEnvironment;

/**
 * Where a report comes from: what is needed to make it again, and to judge its figures. Immutable,
 * so that any number of threads may share it.
 *
 * @param command the command line, such as {@code pmf bench speed --rounds 9}
 * @param date with the time zone, ISO 8601
 * @param pmf version of this software
 * @param machine it ran on
 * @param engines that computed
 * @param environment variables that change how engines compute, where they are set
 */
public record Provenance(
    String command,
    String date,
    String pmf,
    Machine machine,
    List<Engine> engines,
    Map<String, String> environment) {

  /** Copies what can be changed. */
  public Provenance {
    engines = List.copyOf(engines);
    environment = new LinkedHashMap<>(environment);
  }

  /**
   * This machine, now.
   *
   * @param words of the command line, after {@code pmf}
   */
  public static Provenance now(List<String> words, List<Engine> engines) {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return new Provenance(
        "pmf " + words.stream().map(Provenance::quoted).collect(Collectors.joining(" ")),
        ZonedDateTime.now(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
        version == null ? "development" : version,
        Machine.here(),
        engines,
        EngineEnvironment.found());
  }

  /** This origin with other engines. */
  public Provenance withEngines(List<Engine> others) {
    return new Provenance(command, date, pmf, machine, others, environment);
  }

  /** All of it by name, for a report. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", command);
    facts.put("date", date);
    facts.put("PMF for Java", pmf);
    facts.put("processor", machine.processor() + ", " + machine.cores() + " cores");
    machine.memory().ifPresent(m -> facts.put("memory", m));
    facts.put("system", machine.system());
    facts.put("JVM", machine.java());
    List<String> told = new ArrayList<>();
    engines.forEach(
        e -> told.add(e.backend() + ": " + e.engine() + ", " + e.device() + ", " + threads(e)));
    if (!told.isEmpty()) {
      facts.put("engines", String.join("\n", told));
    }
    if (!environment.isEmpty()) {
      facts.put(
          "environment",
          environment.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("\n")));
    }
    return facts;
  }

  private static String threads(Engine e) {
    return e.threads() + (e.threads() == 1 ? " thread" : " threads");
  }

  /** As a shell would need it. */
  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
