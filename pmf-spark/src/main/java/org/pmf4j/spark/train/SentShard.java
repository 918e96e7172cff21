package org.pmf4j.spark.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.run.Shard;

/**
 * A shard on its way to an executor. Immutable, so that any number of threads may share it.
 *
 * @param number of it in its step, from 0
 * @param rows its rows
 * @param targets a vector a row
 * @param weights a number a row
 * @param share of the shard in the step
 */
record SentShard(
    int number, ArrayList<SentRow> rows, float[][] targets, float[] weights, double share)
    implements Serializable {

  /**
   * A row.
   *
   * @param place where it stands, for messages
   * @param sources by encoder
   */
  record SentRow(String place, LinkedHashMap<String, SentSource> sources) implements Serializable {
    static SentRow of(Example row) {
      return new SentRow(row.place(), SentSource.of(row.sources()));
    }

    Example example(Configuration hadoop) {
      Map<String, Source> all = new LinkedHashMap<>();
      sources.forEach((name, sent) -> all.put(name, sent.source(hadoop)));
      return new Example(place, all, Optional.empty(), Columns.DEFAULT);
    }
  }

  static SentShard of(int number, Shard shard) {
    ArrayList<SentRow> rows = new ArrayList<>();
    for (Example row : shard.rows()) {
      rows.add(SentRow.of(row));
    }
    return new SentShard(number, rows, shard.targets(), shard.weights(), shard.share());
  }

  Shard shard(Configuration hadoop) {
    List<Example> examples = rows.stream().map(row -> row.example(hadoop)).toList();
    return new Shard(examples, targets, weights, share);
  }
}
