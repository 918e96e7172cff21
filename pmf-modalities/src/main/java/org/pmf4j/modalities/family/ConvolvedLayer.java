package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A layer beside which a convolution over the same tokens runs, as in the first layer of large
 * DeBERTas: the norm of both outputs' sum. A token without a place – a prompt – has no neighbours:
 * it is in nobody's window, and nothing is convolved for it.
 *
 * @param layer beside it
 * @param convolution as long at its end as at its beginning
 * @param activation of what it gives
 * @param norm of the sum
 */
record ConvolvedLayer(
    EncoderLayer layer, Convolution convolution, Activation activation, LayerNorm norm)
    implements EncoderLayer {

  /** What the layer itself remembers, and what is convolved of the sequence, or null. */
  private record WithNeighbours(Memory memory, Tensor convolved) implements Memory {
    @Override
    public Memory join(Memory other) {
      if (!(other instanceof WithNeighbours o)) {
        throw new IllegalArgumentException("memories of different layers cannot be joined");
      }
      return new WithNeighbours(memory.join(o.memory), convolved == null ? o.convolved : convolved);
    }
  }

  @Override
  public Memory memory(Tokens tokens) {
    boolean placed = tokens.place() == Place.SEQUENCE;
    return new WithNeighbours(layer.memory(tokens), placed ? convolved(tokens) : null);
  }

  private Tensor convolved(Tokens tokens) {
    Tensor x = tokens.states();
    Tensor real = x;
    if (tokens.mask() != null) {
      real = x.mul(tokens.mask().cast(x.dtype()).reshape(Tensor.KEEP, Tensor.KEEP, 1));
    }
    return activation.apply(convolution.apply(real));
  }

  @Override
  public Tensor attend(Tokens queries, Memory memory) {
    if (!(memory instanceof WithNeighbours m)) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    Tensor out = layer.attend(queries, m.memory);
    if (queries.place() == Place.SEQUENCE) {
      out = out.add(m.convolved.sliceLike(1, out, 1));
    }
    return norm.apply(out);
  }

  @Override
  public Named<Tensor> settle(Tokens tokens) {
    return layer.settle(tokens);
  }
}
