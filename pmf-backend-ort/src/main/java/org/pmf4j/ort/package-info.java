/**
 * The compute backend over ONNX Runtime, for inference alone. A program is traced: its body runs
 * once over symbols, and what it does becomes a graph in ONNX with a session of its own. Graphs
 * leave batch sizes and sequence lengths open where the body lets them. Such a graph takes matrices
 * that linear layers multiply with as constants, which the session lays out for its products; what
 * else comes from outside, and all of a graph with fewer open dimensions, of which there may be
 * many, is fed by reference.
 */
package org.pmf4j.ort;
