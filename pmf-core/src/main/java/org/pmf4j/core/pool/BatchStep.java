package org.pmf4j.core.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.trunk.SampleTrunk;
import org.pmf4j.core.trunk.TrunkStacks;

/**
 * Computes a batch of records of any models: first the trunks that are not there yet, each content
 * once, then the layers that are fused: of models of one make together, since what is frozen of
 * them is the same. A record of which something cannot be computed fails alone. For one thread at a
 * time.
 */
final class BatchStep {
  private final Backend backend;
  private final TrunkCache cache;
  private final PoolListener listener;
  private final TrunkStacks stacks = new TrunkStacks();

  BatchStep(Backend backend, TrunkCache cache, PoolListener listener) {
    this.backend = backend;
    this.cache = cache;
    this.listener = listener;
  }

  /** Answers all of them, with a prediction or a failure, and lets their models go. */
  void compute(List<Pending> records) {
    List<Pending> asked = records.stream().filter(r -> !r.isDone()).toList();
    try {
      listener.batch(asked.size());
      answer(asked);
    } catch (RuntimeException | Error e) {
      asked.forEach(record -> record.answer().completeExceptionally(e));
    } finally {
      records.forEach(Pending::release);
    }
  }

  private void answer(List<Pending> records) {
    trunks(records);
    Map<Pending.Group, List<Pending>> groups = new LinkedHashMap<>();
    for (Pending record : records) {
      if (!record.isDone()) {
        groups.computeIfAbsent(record.group(), g -> new ArrayList<>()).add(record);
      }
    }
    groups.forEach((group, own) -> apart(own, some -> fuse(group.modalities(), some)));
  }

  /** One sample to compute, and the records that wait for it. */
  private record Missing(List<Input.OfTrunk> inputs, List<Pending> records) {
    Input.OfTrunk first() {
      return inputs.get(0);
    }
  }

  private void trunks(List<Pending> records) {
    Map<SampleTrunk, Map<Object, Missing>> missing = new LinkedHashMap<>();
    for (Pending record : records) {
      for (Input input : record.inputs().values()) {
        if (input instanceof Input.OfTrunk of && !isThere(of)) {
          Object content = of.key.<Object>map(k -> k).orElse(of);
          Missing one =
              missing
                  .computeIfAbsent(of.trunk, t -> new LinkedHashMap<>())
                  .computeIfAbsent(content, c -> new Missing(new ArrayList<>(), new ArrayList<>()));
          one.inputs().add(of);
          one.records().add(record);
        }
      }
    }
    missing.forEach(
        (trunk, samples) -> {
          List<Missing> sorted = new ArrayList<>(samples.values());
          sorted.sort(Comparator.comparingInt(BatchStep::length));
          ofLikeLength(sorted).forEach(some -> compute(trunk, some));
        });
  }

  /** It may have been computed since it was prepared. */
  private boolean isThere(Input.OfTrunk input) {
    if (input.output == null) {
      input.key.flatMap(cache::get).ifPresent(kept -> settle(input, kept));
    }
    return input.output != null;
  }

  private static void settle(Input.OfTrunk input, TrunkOutput<HostTensor> output) {
    input.output = output;
    input.sample = null;
  }

  /** Cuts where padding the shorter samples would cost more than computing them apart. */
  private static List<List<Missing>> ofLikeLength(List<Missing> sorted) {
    List<List<Missing>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size()
          || length(sorted.get(i)) > 2 * Math.max(16, length(sorted.get(from)))) {
        parts.add(sorted.subList(from, i));
        from = i;
      }
    }
    return parts;
  }

  private static int length(Missing sample) {
    return sample.first().sample.length();
  }

  private void compute(SampleTrunk trunk, List<Missing> samples) {
    long began = System.nanoTime();
    try {
      List<TrunkOutput<HostTensor>> outputs =
          trunk.compute(samples.stream().map(m -> m.first().sample.tensors()).toList());
      for (int i = 0; i < samples.size(); i++) {
        TrunkOutput<HostTensor> output = outputs.get(i);
        samples.get(i).first().key.ifPresent(key -> cache.put(key, output));
        samples.get(i).inputs().forEach(input -> settle(input, output));
      }
      listener.trunk(samples.get(0).first().modality, samples.size(), System.nanoTime() - began);
    } catch (RuntimeException | Error e) {
      if (samples.size() > 1) {
        samples.forEach(one -> compute(trunk, List.of(one)));
      } else {
        samples.get(0).records().forEach(record -> record.answer().completeExceptionally(e));
      }
    }
  }

  /**
   * Tries records together; where that fails, those of each model; and where that fails, each
   * alone, so that it fails alone.
   */
  private static void apart(List<Pending> records, Consumer<List<Pending>> work) {
    try {
      work.accept(records);
    } catch (RuntimeException | Error e) {
      Collection<List<Pending>> models = byModel(records).values();
      if (models.size() > 1) {
        models.forEach(own -> apart(own, work));
      } else if (records.size() > 1) {
        records.forEach(one -> apart(List.of(one), work));
      } else {
        records.get(0).answer().completeExceptionally(e);
      }
    }
  }

  private static Map<ServedModel, List<Pending>> byModel(List<Pending> records) {
    Map<ServedModel, List<Pending>> all = new LinkedHashMap<>();
    records.forEach(r -> all.computeIfAbsent(r.model(), m -> new ArrayList<>()).add(r));
    return all;
  }

  /** Records of models of one make, with the same modalities. */
  private void fuse(List<String> modalities, List<Pending> records) {
    long began = System.nanoTime();
    Map<ServedModel, List<Pending>> byModel = byModel(records);
    Batch<HostTensor> batch =
        stack(modalities, byModel.values().stream().flatMap(List::stream).toList());
    try {
      Iterator<HostTensor> logits = logits(batch, byModel).iterator();
      byModel.forEach(
          (model, own) -> {
            List<Prediction> predictions =
                model
                    .outputs()
                    .predictions(logits.next(), own.stream().map(Pending::example).toList());
            long share = (System.nanoTime() - began) / records.size() * own.size();
            listener.fused(model.facts().name(), own.size(), share);
            for (int i = 0; i < own.size(); i++) {
              own.get(i).answer().complete(predictions.get(i));
            }
          });
    } finally {
      stacks.release(batch);
    }
  }

  /** By model, of its records, in their order. */
  private List<HostTensor> logits(
      Batch<HostTensor> batch, Map<ServedModel, List<Pending>> byModel) {
    FusedModel first = byModel.keySet().iterator().next().model();
    Batch<Tensor> placed = batch.map(backend::tensor);
    if (byModel.size() == 1) {
      return List.of(first.logits(placed));
    }
    List<FusedModel.Share> shares = new ArrayList<>();
    byModel.forEach((m, own) -> shares.add(new FusedModel.Share(m.model(), own.size())));
    return first.logits(placed, shares);
  }

  private Batch<HostTensor> stack(List<String> modalities, List<Pending> records) {
    Map<String, ModalityInput<HostTensor>> all = new LinkedHashMap<>();
    Named<LoadedEncoder> encoders = records.get(0).model().model().encoders();
    for (String m : modalities) {
      List<Input> inputs = records.stream().map(r -> r.inputs().get(m)).toList();
      if (inputs.get(0) instanceof Input.OfTrunk) {
        all.put(m, stacks.stack(inputs.stream().map(i -> ((Input.OfTrunk) i).output).toList()));
      } else {
        List<Named<HostTensor>> samples =
            inputs.stream().map(i -> ((Input.Prepared) i).sample().tensors()).toList();
        all.put(
            m, new ModalityInput.EncoderInput<>(encoders.get(m).preprocessor().collate(samples)));
      }
    }
    return Batch.of(Named.of(all));
  }
}
