public import ArgumentParser
public import Serving

extension AnswerForm: ExpressibleByArgument {}
