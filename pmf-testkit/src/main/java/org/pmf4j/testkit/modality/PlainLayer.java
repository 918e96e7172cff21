package org.pmf4j.testkit.modality;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/** One layer by its definition. The memory is the tokens themselves. */
record PlainLayer(
    TransformerSpec spec,
    UnaryOperator<Tensor> query,
    UnaryOperator<Tensor> key,
    UnaryOperator<Tensor> value,
    UnaryOperator<Tensor> output,
    UnaryOperator<Tensor> mlpIn,
    UnaryOperator<Tensor> mlpOut,
    UnaryOperator<Tensor> attentionNorm,
    UnaryOperator<Tensor> mlpNorm)
    implements EncoderLayer {

  private record Seen(Tensor states, Tensor mask) implements Memory {
    @Override
    public Memory join(Memory other) {
      Seen o = (Seen) other;
      Tensor mine = states.shape().dim(0) == 1 ? states.repeatFor(o.states) : states;
      Tensor theirs = o.states.shape().dim(0) == 1 ? o.states.repeatFor(states) : o.states;
      Tensor masks =
          mask == null && o.mask == null ? null : Tensor.concat(1, real(mine), o.real(theirs));
      return new Seen(Tensor.concat(1, mine, theirs), masks);
    }

    private Tensor real(Tensor of) {
      Tensor one = of.slice(2, 0, 1).reshape(Tensor.KEEP, Tensor.KEEP);
      return mask == null ? one.filled(1, DType.BOOL) : mask;
    }
  }

  @Override
  public Memory memory(Tokens tokens) {
    return new Seen(tokens.states(), tokens.mask());
  }

  @Override
  public Tensor attend(Tokens queries, Memory memory) {
    Seen seen = (Seen) memory;
    Tensor states = queries.states();
    if (states.shape().dim(0) == 1 && seen.states.shape().dim(0) != 1) {
      states = states.repeatFor(seen.states); // prompts that all samples share
    }
    Tensor known = before(seen.states);
    double scale = spec.softmaxScale();
    Tensor heads =
        Neural.attention(
            split(query.apply(before(states))),
            split(key.apply(known)),
            split(value.apply(known)),
            seen.mask,
            scale);
    Tensor merged = heads.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.INFER, spec.width());
    Tensor attended = output.apply(merged).add(states);
    Tensor x = post() ? attentionNorm.apply(attended) : attended;
    Tensor y = feedForward(post() ? x : mlpNorm.apply(x)).add(x);
    return post() ? mlpNorm.apply(y) : y;
  }

  private Tensor feedForward(Tensor x) {
    Tensor inner = mlpIn.apply(x);
    if (spec.mlp() == TransformerSpec.Mlp.PLAIN) {
      return mlpOut.apply(spec.activation().apply(inner));
    }
    Tensor gate = spec.activation().apply(inner.slice(2, 0, spec.mlpWidth()));
    return mlpOut.apply(gate.mul(inner.slice(2, spec.mlpWidth(), -1)));
  }

  private boolean post() {
    return spec.norm() == TransformerSpec.Norm.POST;
  }

  private Tensor before(Tensor states) {
    return post() ? states : attentionNorm.apply(states);
  }

  private Tensor split(Tensor x) {
    return x.reshape(Tensor.KEEP, Tensor.INFER, spec.heads(), spec.headWidth()).permute(0, 2, 1, 3);
  }
}
