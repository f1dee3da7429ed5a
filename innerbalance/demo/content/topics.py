from innerbalance.demo.content.shapes import TopicText

TOPICS = (
    TopicText("relationships", "Relationships", "Being close to other people, and staying yourself."),
    TopicText("anxiety-and-worry", "Anxiety and worry", "What worry does, and what helps when it won’t rest."),
    TopicText("starting-counseling", "Starting counseling", "What to expect before, during and after a first session."),
)
