package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/** Checks inputs that were preprocessed elsewhere, before native code indexes tables with them. */
final class EncodeInputs {
  private EncodeInputs() {}

  /**
   * Checks a batch.
   *
   * @throws PmfException naming file and tensor: none at all, different batch sizes, an id outside
   *     its table
   */
  static void check(Path file, Map<String, HostTensor> tensors, EncoderConfig config) {
    if (tensors.isEmpty()) {
      throw PmfException.input(file + ": no tensors");
    }
    long rows = -1;
    for (Map.Entry<String, HostTensor> e : tensors.entrySet()) {
      HostTensor t = e.getValue();
      if (t.shape().rank() < 2 || t.shape().size() == 0 || rows >= 0 && t.shape().dim(0) != rows) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: tensor %s has shape %s; a batch of the same size is needed everywhere",
                file,
                e.getKey(),
                t.shape()));
      }
      rows = t.shape().dim(0);
    }
    ids(file, "input_ids", tensors, config.size("vocab_size", Integer.MAX_VALUE));
    // No kinds of tokens at all, as DeBERTa has it: they are not looked at.
    boolean kinds = config.number("type_vocab_size", 1) > 0;
    int types = kinds ? config.size("type_vocab_size", Integer.MAX_VALUE) : Integer.MAX_VALUE;
    ids(file, "token_type_ids", tensors, types);
    ids(file, "attention_mask", tensors, 2);
    ids(file, "categories", tensors, categories(config));
  }

  /** The ids of all categories of a row together. */
  private static int categories(EncoderConfig config) {
    return config.values().get("cardinalities") instanceof List<?> sizes
        ? sizes.stream().mapToInt(size -> size instanceof Integer i ? i : 0).sum()
        : Integer.MAX_VALUE;
  }

  private static void ids(Path file, String name, Map<String, HostTensor> tensors, int limit) {
    HostTensor t = tensors.get(name);
    if (t == null) {
      return;
    }
    if (t.dtype() != DType.INT64) {
      throw PmfException.input(
          String.format(
              Locale.ROOT, "%s: tensor %s has type %s, expected I64", file, name, t.dtype()));
    }
    if (Arrays.stream(t.longs()).anyMatch(id -> id < 0 || id >= limit)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT, "%s: tensor %s has values outside 0 to %d", file, name, limit - 1));
    }
  }
}
