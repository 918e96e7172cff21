package org.pmf4j.serve.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolListener;
import org.pmf4j.core.pool.PoolState;
import org.pmf4j.serve.web.AccessLog;

/** Counts and times. Several threads may use it at once. */
public final class Metrics implements PoolListener, AccessLog, AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(3),
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DistributionSummary batches =
      DistributionSummary.builder("pmf.batch.records")
          .description("records that were computed together")
          .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
          .register(registry);
  private final Counter hits = cached("hit");
  private final Counter misses = cached("miss");

  /** Nothing was measured yet. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    Gauge.builder("pmf.memory.resident", ResidentMemory::bytes)
        .description("memory of the process, outside the Java heap too")
        .baseUnit("bytes")
        .register(registry);
  }

  private Counter cached(String result) {
    return Counter.builder("pmf.trunk.cache")
        .description("trunk outputs that were kept in memory, or were not")
        .tag("result", result)
        .register(registry);
  }

  /** Tells of how full a pool is from now on. */
  public void watch(ModelPool pool) {
    gauge("pmf.queue.accepted", "records accepted and not answered", pool, PoolState::accepted);
    gauge("pmf.queue.waiting", "records that wait for their batch", pool, PoolState::waiting);
    gauge("pmf.models", "models that are loaded", pool, PoolState::models);
    gauge("pmf.encoders", "frozen encoders that they share", pool, PoolState::encoders);
    gauge("pmf.trunk.cache.size", "bytes of trunk outputs", pool, PoolState::cachedBytes);
  }

  private void gauge(String name, String what, ModelPool pool, ToDoubleFunction<PoolState> value) {
    Gauge.builder(name, pool, p -> value.applyAsDouble(p.state()))
        .description(what)
        .register(registry);
  }

  /** All of it, in the text format of Prometheus. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void decoded(String modality, long nanos) {
    stage("decode", "modality", modality, nanos);
  }

  @Override
  public void queued(String model, long nanos) {
    stage("queue", "model", model, nanos);
  }

  @Override
  public void batch(int records) {
    batches.record(records);
  }

  @Override
  public void trunk(String modality, int samples, long nanos) {
    stage("trunk", "modality", modality, nanos);
  }

  @Override
  public void fused(String model, int records, long nanos) {
    stage("fusion", "model", model, nanos);
  }

  @Override
  public void cache(boolean hit) {
    (hit ? hits : misses).increment();
  }

  private void stage(String stage, String kind, String of, long nanos) {
    Timer.builder("pmf.stage")
        .description("what a request's time went into")
        .tags("stage", stage, "of", kind + ":" + of)
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void log(Entry entry) {
    Timer.builder("pmf.requests")
        .description("requests, from their first line to the end of their reply")
        .tags(
            "route",
            entry.route().isEmpty() ? "none" : entry.route(),
            "status",
            Integer.toString(entry.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(entry.nanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    registry.close();
  }
}
