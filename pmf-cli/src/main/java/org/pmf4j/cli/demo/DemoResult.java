package org.pmf4j.cli.demo;

import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.cli.demo.signs.Ceilings;

/**
 * All that a demo found.
 *
 * @param plan sizes and settings
 * @param folder where its files are
 * @param backend what computed
 * @param ceilings what one modality alone can tell at best
 * @param probes what is told without fusion
 * @param pmf what PMF tells
 * @param commands the commands that do the same, each as words
 * @param seconds it all took
 */
record DemoResult(
    DemoPlan plan,
    DemoFolder folder,
    BackendInfo backend,
    Ceilings ceilings,
    List<Outcome> probes,
    Outcome pmf,
    List<List<String>> commands,
    double seconds) {

  /** Probes and PMF, in the order of the tables. */
  List<Outcome> all() {
    return Stream.concat(probes.stream(), Stream.of(pmf)).toList();
  }
}
