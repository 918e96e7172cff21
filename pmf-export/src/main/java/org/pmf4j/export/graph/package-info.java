/**
 * Models as ONNX graphs: what a modality's encoder takes, as inputs of a graph ({@link
 * org.pmf4j.export.graph.ModalityInputs}), and a body traced with as many of their dimensions open
 * as it allows ({@link org.pmf4j.export.graph.OpenTrace}).
 */
package org.pmf4j.export.graph;
