package org.pmf4j.bench.methods.result;

import java.util.List;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.work.InspectTask;

/**
 * What is compared, and on what. Immutable, so that any number of threads may share it.
 *
 * @param subject data and encoders
 * @param variants in the order of the plan
 * @param seeds of every variant
 */
public record Comparison(InspectTask.Subject subject, List<Variant> variants, List<Long> seeds) {
  /** Copies the lists. */
  public Comparison {
    variants = List.copyOf(variants);
    seeds = List.copyOf(seeds);
  }
}
